import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { For, type JSX } from 'solid-js';
import type { MenuProps } from './menu.tsx';

/** The menu once it has been opened for the first time: it begins open. */
export default function MenuList(props: MenuProps): JSX.Element {
  return (
    <DropdownMenu defaultOpen placement="bottom-end" gutter={4}>
      <DropdownMenu.Trigger
        class="icon-button"
        data-size="small"
        aria-label={props.label}
        title={props.label}
      >
        <Ellipsis />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="menu">
          <For each={props.items}>
            {(item) => (
              <DropdownMenu.Item
                class="menu-item"
                data-danger={item.danger ? '' : undefined}
                onSelect={item.onSelect}
              >
                {item.icon()}
                {item.label}
              </DropdownMenu.Item>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}
