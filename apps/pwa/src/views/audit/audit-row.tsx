import type { AuditEntry } from '@impetus/contracts/audit';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createSignal, Show, type JSX } from 'solid-js';
import { Facts, type Fact } from '../../components/facts/facts.tsx';
import { ListRowContent } from '../../components/list-row/list-row.tsx';
import { StateMark } from '../../components/state-mark/state-mark.tsx';
import { useNow } from '../../lib/clock.ts';
import { addressWords } from '../../lib/address-words.ts';
import { formatClock, formatMoment } from '../../lib/format.ts';
import { auditWords, detailName, detailWords, outcomeWords, whoWords } from '../../state/audit-words.ts';

/** One entry; opened, all that was written down. */
export function AuditRow(props: { readonly entry: AuditEntry }): JSX.Element {
  const now = useNow();
  // What is inside is made only once somebody looks at it.
  const [isOpen, setOpen] = createSignal(false);
  const outcome = () => outcomeWords[props.entry.outcome];
  const line = (): string =>
    [
      props.entry.outcome === 'done' ? null : outcome().words,
      whoWords(props.entry),
      props.entry.subject,
      addressWords(props.entry.address),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <li>
      <details class="audit-row" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="list-row">
          <ListRowContent
            icon={<StateMark kind={outcome().kind} />}
            title={auditWords(props.entry.action)}
            facts={line()}
            aside={
              <span class="audit-row-time">
                {formatClock(Date.parse(props.entry.lastAt), now())}
                <ChevronDown />
              </span>
            }
          />
        </summary>
        <Show when={isOpen()}>
          <div class="audit-row-body">
            <Facts facts={factsOf(props.entry, now())} />
          </div>
        </Show>
      </details>
    </li>
  );
}

function factsOf(entry: AuditEntry, now: number): Fact[] {
  const moment = (at: string): string => formatMoment(Date.parse(at), now);
  const repeated: Fact[] =
    entry.count > 1
      ? [
          { term: 'First', value: moment(entry.at) },
          { term: 'Times', value: entry.count },
        ]
      : [];
  return [
    { term: 'Outcome', value: outcomeWords[entry.outcome].words },
    { term: 'Action', value: entry.action, mono: true },
    { term: 'When', value: moment(entry.lastAt) },
    ...repeated,
    { term: 'Who', value: entry.who === null ? 'Nobody known' : `${entry.who.name} (${entry.who.kind})` },
    ...(entry.subject === null ? [] : [{ term: 'What', value: entry.subject, mono: true }]),
    ...(entry.address === null ? [] : [{ term: 'From', value: addressWords(entry.address), mono: true }]),
    ...Object.entries(entry.detail).map(([name, value]) => ({
      term: detailName(name),
      value: detailWords(value),
    })),
  ];
}
