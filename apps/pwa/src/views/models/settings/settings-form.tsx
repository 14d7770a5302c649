import './settings-form.css';
import type { JSX } from 'solid-js';
import { AdaptersGroup } from './adapters-group.tsx';
import { AnswersGroup } from './answers-group.tsx';
import { GuessingGroup } from './guessing-group.tsx';
import { IdleGroup } from './idle-group.tsx';
import { LoadPlan } from '../../../components/load-plan/load-plan.tsx';
import { MemoryGroup } from './memory-group.tsx';
import { NamesGroup } from './names-group.tsx';
import type { SettingsForm as Form } from './use-settings.ts';

/** All settings of a model in their groups, and above them what loading it would take like that. */
export function SettingsForm(props: { readonly form: Form }): JSX.Element {
  return (
    <div class="settings-form">
      <div class="settings-plan">
        <LoadPlan plan={props.form.load.plan()} failure={props.form.load.failure()} compact />
      </div>
      <NamesGroup form={props.form} />
      <MemoryGroup form={props.form} />
      <IdleGroup form={props.form} />
      <AnswersGroup form={props.form} />
      <GuessingGroup form={props.form} />
      <AdaptersGroup form={props.form} />
    </div>
  );
}
