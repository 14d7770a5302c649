import './setting-note.css';
import type { AgentSettings } from '@impetus/contracts/agent-settings';
import Check from 'lucide-solid/icons/check';
import { createEffect, Match, Show, Switch, type JSX } from 'solid-js';
import { announce } from '../../state/announcer.ts';
import type { SaveOutcome } from '../../state/agent-settings-save.ts';

type Value = AgentSettings[keyof AgentSettings];

export interface SettingNoteProps {
  /** What the setting is called, for those who hear the page. */
  readonly label: string;
  readonly outcome: SaveOutcome | undefined;
  readonly value: Value;
  readonly standard: Value;
  /** A value in words. */
  readonly wordsFor: (value: Value) => string;
  readonly onSave: (value: Value) => void;
}

/** What became of a change, and the way back to the default; its line is always there, so that nothing moves. */
export function SettingNote(props: SettingNoteProps): JSX.Element {
  createEffect(() => {
    if (props.outcome?.kind === 'saved') announce(`${props.label}: saved.`);
  });
  const conflict = () => (props.outcome?.kind === 'conflict' ? props.outcome : undefined);
  const failure = () => (props.outcome?.kind === 'failed' ? props.outcome.failure : undefined);
  return (
    <p class="setting-note">
      <Switch>
        <Match when={props.outcome?.kind === 'saving'}>Saving…</Match>
        <Match when={props.outcome?.kind === 'saved'}>
          <span class="setting-note-saved">
            <Check />
            Saved
          </span>
        </Match>
        <Match when={conflict()}>
          {(found) => (
            <span class="setting-note-conflict" role="alert">
              Another screen has set this to {props.wordsFor(props.value)} meanwhile.
              <button type="button" onClick={() => props.onSave(found().wanted)}>
                Use {props.wordsFor(found().wanted)}
              </button>
            </span>
          )}
        </Match>
        <Match when={failure()}>
          {(problem) => (
            <span class="setting-note-failed" role="alert">
              {[problem().what, problem().why, problem().remedy].filter(Boolean).join(' ')}
            </span>
          )}
        </Match>
      </Switch>
      <Show when={props.value !== props.standard && props.outcome?.kind !== 'conflict'}>
        <button
          type="button"
          aria-label={`${props.label}: use the default, ${props.wordsFor(props.standard)}`}
          onClick={() => props.onSave(props.standard)}
        >
          Use the default, {props.wordsFor(props.standard)}
        </button>
      </Show>
    </p>
  );
}
