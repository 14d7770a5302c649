import './menu.css';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { IconButton } from '../icon-button/icon-button.tsx';

// As with a select, most of it comes when it is wanted.
const MenuList = lazy(() => import('./menu-list.tsx'));

export interface MenuItem {
  readonly label: string;
  readonly icon: () => JSX.Element;
  readonly onSelect: () => void;
  readonly danger?: boolean;
}

export interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
}

/** What else can be done with a thing, behind three dots. */
export function Menu(props: MenuProps): JSX.Element {
  const [opened, setOpened] = createSignal(false);
  const closed = (): JSX.Element => (
    <IconButton label={props.label} size="small" opens="menu" onPress={() => setOpened(true)}>
      <Ellipsis />
    </IconButton>
  );
  return (
    <Show when={opened()} fallback={closed()}>
      <Suspense fallback={closed()}>
        <MenuList {...props} />
      </Suspense>
    </Show>
  );
}
