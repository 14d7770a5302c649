import './styles/reset.css';
import './styles/tokens.css';
import './styles/base.css';
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { followKeyboard } from './lib/keyboard-inset.ts';
import { startAgentState } from './state/agent-state.ts';
import { watchArrival } from './state/arrival.ts';
import { watchSurroundings } from './state/connection.ts';
import { saveAll, startConversations } from './state/conversations.ts';
import { watchDownloadEnds } from './state/downloads/watch-ends.ts';
import { startInstall } from './state/install.ts';
import { returnToLastPlace } from './state/last-place.ts';
import { startPairings } from './state/pairings.ts';
import { startSession } from './state/session.ts';
import { startUpdates } from './state/update.ts';
import { startWishes } from './state/wishes.ts';

// First of all: no code stays in the address bar.
watchArrival();
startInstall();
returnToLastPlace();
startSession();
startAgentState();
startPairings();
watchSurroundings();
watchDownloadEnds();
startWishes();
void startConversations();
followKeyboard();
addEventListener('pagehide', saveAll);

const root = document.getElementById('app');
if (root !== null) render(() => <App />, root);

startUpdates();
