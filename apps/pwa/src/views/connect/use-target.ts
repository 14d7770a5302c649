import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import type { ToolModel, ToolTarget } from '@impetus/contracts/tools/types';
import { createMemo, createSignal, type Accessor } from 'solid-js';
import { agentState, findModel, findRunner, macName } from '../../state/agent-state.ts';
import { likelyAddress, toolAddresses, type ToolAddress } from '../../state/connect/addresses.ts';
import { toToolModel } from '../../state/connect/tool-model.ts';
import { chooseModel } from '../../state/model-choice.ts';

/** The name under which the browser saves the authority’s certificate. */
export const authorityFile = 'impetus-authority.pem';

/** Stands where the key will be, until one was made. */
const noKey = 'imp_…';

/** What a tool is pointed at: the model, the address and the key, as they are chosen here. */
export interface TargetChoice {
  readonly addresses: Accessor<readonly ToolAddress[]>;
  readonly address: Accessor<ToolAddress | null>;
  readonly chooseAddress: (origin: string) => void;
  readonly entry: Accessor<ModelEntry | undefined>;
  readonly runner: Accessor<RunnerStatus | undefined>;
  readonly model: Accessor<ToolModel | null>;
  readonly chooseModel: (id: string) => void;
  /** The secret that was made here; null before. */
  readonly secret: Accessor<string | null>;
  readonly setSecret: (secret: string) => void;
  /** Null while there is no model or no address. */
  readonly target: Accessor<ToolTarget | null>;
}

// Whoever connects one tool after the other means the same model and the same address.
const [wantedModel, setWantedModel] = createSignal<string | null>(null);
const [wantedOrigin, setWantedOrigin] = createSignal<string | null>(null);

export function useTarget(): TargetChoice {
  const [secret, setSecret] = createSignal<string | null>(null);
  const addresses = createMemo(() =>
    toolAddresses({ trust: agentState.trust, loopback: agentState.agent?.http ?? null, name: macName() }),
  );
  const address = (): ToolAddress | null => {
    const all = addresses();
    const origin = all.some((one) => one.origin === wantedOrigin())
      ? wantedOrigin()
      : likelyAddress(all, location.origin);
    return all.find((one) => one.origin === origin) ?? null;
  };
  const modelId = createMemo(() => {
    const { models, runners, defaultModel } = agentState;
    return chooseModel({ models, runners, defaultModel, wanted: wantedModel() });
  });
  const entry = (): ModelEntry | undefined => findModel(modelId() ?? '');
  const runner = (): RunnerStatus | undefined => findRunner(modelId() ?? '');
  const model = createMemo(() => {
    const found = entry();
    return found === undefined ? null : toToolModel(found, runner());
  });
  const target = createMemo((): ToolTarget | null => {
    const at = address();
    const chosen = model();
    if (at === null || chosen === null) return null;
    return {
      origin: at.origin,
      authority: at.needsAuthority ? authorityFile : null,
      key: secret() ?? noKey,
      model: chosen,
    };
  });
  return {
    addresses,
    address,
    chooseAddress: setWantedOrigin,
    entry,
    runner,
    model,
    chooseModel: setWantedModel,
    secret,
    setSecret,
    target,
  };
}
