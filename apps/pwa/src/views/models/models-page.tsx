import './models-page.css';
import { useLocation } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { useMedia } from '../../lib/media.ts';
import { libraryLayout } from '../../state/library/library-state.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { DropZone } from '../downloads/drop-zone.tsx';
import { ModelList } from './model-list.tsx';
import { modelIdOf } from './model-path.ts';

/** The library: the list, and beside it or instead of it one model. */
export default function ModelsPage(props: { readonly children?: JSX.Element }): JSX.Element {
  const location = useLocation();
  const isWide = useMedia('(width >= 1280px)');
  /** Cards take all of the room until one of them is opened. */
  const hasBoth = (): boolean => isWide() && (libraryLayout() === 'list' || !isList());
  const isList = (): boolean => modelIdOf(location.pathname) === null;
  usePageTitle('Models');
  return (
    <DropZone>
      <div class="models" data-both={hasBoth() || undefined}>
        {/* Kept while a model is looked at, so that the way back leads to the same place in the list. */}
        <ModelList hidden={!hasBoth() && !isList()} currentId={modelIdOf(location.pathname)} />
        <Show when={hasBoth() || !isList()}>
          <div class="models-detail">{props.children}</div>
        </Show>
      </div>
    </DropZone>
  );
}
