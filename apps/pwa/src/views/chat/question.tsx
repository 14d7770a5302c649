import './question.css';
import Pencil from 'lucide-solid/icons/pencil';
import { Show, type JSX } from 'solid-js';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { awayReason } from '../../state/actions.ts';
import type { Question } from '../../state/conversation.ts';

export interface QuestionProps {
  readonly question: Question;
  readonly canEdit: boolean;
  readonly onEdit: () => void;
}

/** What was asked. */
export function QuestionView(props: QuestionProps): JSX.Element {
  return (
    <article class="question" aria-label="You">
      <p class="question-text">{props.question.text}</p>
      <Show when={props.canEdit}>
        <div class="question-actions">
          <IconButton
            label="Edit the question"
            size="small"
            disabledReason={awayReason()}
            onPress={props.onEdit}
          >
            <Pencil />
          </IconButton>
        </div>
      </Show>
    </article>
  );
}
