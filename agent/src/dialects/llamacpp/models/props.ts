import { basename } from 'node:path';
import type { ModelEntry, RunnerStatus } from '@impetus/contracts';

export interface Properties {
  readonly entry: ModelEntry;
  /** Null while it has none. */
  readonly runner: RunnerStatus | null;
  /** What is loaded, or what would be. */
  readonly contextSize: number | null;
  readonly sequences: number;
  readonly chatTemplate: string | null;
  readonly engine: string;
}

/** What `/props` tells of one model. */
export function toProps({ entry, runner, contextSize, sequences, chatTemplate, engine }: Properties) {
  const tools = entry.capabilities.includes('tools');
  return {
    default_generation_settings: {
      n_ctx: contextSize,
      is_processing: (runner?.active ?? 0) > 0,
      params: {},
    },
    total_slots: sequences,
    model_alias: entry.id,
    model_path: basename(entry.path),
    modalities: { vision: false, audio: false },
    chat_template: chatTemplate ?? '',
    chat_template_caps: {
      supports_tools: tools,
      supports_tool_calls: tools,
      supports_parallel_tool_calls: tools,
      supports_system_role: true,
    },
    is_sleeping: runner?.state !== 'ready',
    build_info: engine,
  };
}

/** What it tells where no model is named and several could be meant, as llama.cpp's router does. */
export function routerProps(engine: string) {
  return {
    role: 'router',
    default_generation_settings: { n_ctx: 0, params: {} },
    total_slots: 0,
    model_alias: '',
    model_path: '',
    modalities: { vision: false, audio: false },
    chat_template: '',
    build_info: engine,
  };
}

/** The places of a loaded model; which of the busy ones is which does not show. */
export function toSlots(runner: RunnerStatus) {
  return Array.from({ length: runner.sequences ?? 0 }, (_, id) => ({
    id,
    n_ctx: runner.contextSize,
    is_processing: id < runner.active,
  }));
}
