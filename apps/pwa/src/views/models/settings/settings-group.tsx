import { createUniqueId, type JSX } from 'solid-js';

/** Settings of one kind, under their heading. */
export function SettingsGroup(props: {
  readonly title: string;
  /** One line about all of them. */
  readonly text?: string;
  readonly children: JSX.Element;
}): JSX.Element {
  const id = createUniqueId();
  return (
    <section class="settings-group" aria-labelledby={id}>
      <h3 id={id}>{props.title}</h3>
      {props.text === undefined ? null : <p class="settings-group-text">{props.text}</p>}
      {props.children}
    </section>
  );
}
