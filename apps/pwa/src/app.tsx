import { Route, Router } from '@solidjs/router';
import { lazy, type JSX } from 'solid-js';
import { ChatPage } from './views/chat/chat-page.tsx';
import { Shell } from './views/shell/shell.tsx';

// Chat is the first screen; the others come when they are wanted, or hovered over.
const ModelsPage = lazy(() => import('./views/models/models-page.tsx'));
const ModelDetail = lazy(() => import('./views/models/model-detail.tsx'));
const ModelsHint = lazy(() => import('./views/models/models-hint.tsx'));
const SystemPage = lazy(() => import('./views/system/system-page.tsx'));
const RequestsPage = lazy(() => import('./views/requests/requests-page.tsx'));
const SettingsPage = lazy(() => import('./views/settings/settings-page.tsx'));
const SearchPage = lazy(() => import('./views/search/search-page.tsx'));
const DownloadsPage = lazy(() => import('./views/downloads/downloads-page.tsx'));
const StoragePage = lazy(() => import('./views/storage/storage-page.tsx'));
const DevicesPage = lazy(() => import('./views/devices/devices-page.tsx'));
const AddDevicePage = lazy(() => import('./views/devices/add-device-page.tsx'));
const JoinPage = lazy(() => import('./views/join/join-page.tsx'));
const ActivatePage = lazy(() => import('./views/activate/activate-page.tsx'));
const ConnectPage = lazy(() => import('./views/connect/connect-page.tsx'));
const KeysPage = lazy(() => import('./views/keys/keys-page.tsx'));
const AuditPage = lazy(() => import('./views/audit/audit-page.tsx'));
const TrustPage = lazy(() => import('./views/trust/trust-page.tsx'));
const SetupPage = lazy(() => import('./views/gate/setup-page.tsx'));
const NotFoundPage = lazy(() => import('./views/shell/not-found-page.tsx'));

/** The pages and their addresses. */
export function App(): JSX.Element {
  return (
    <Router root={Shell}>
      <Route path={['/', '/c/:id']} component={ChatPage} />
      <Route path="/models" component={ModelsPage}>
        <Route path="/" component={ModelsHint} />
        <Route path="/:id" component={ModelDetail} />
      </Route>
      <Route path={['/search', '/search/*repo']} component={SearchPage} />
      <Route path="/downloads" component={DownloadsPage} />
      <Route path="/storage" component={StoragePage} />
      <Route path="/system" component={SystemPage} />
      <Route path="/system/connections" component={TrustPage} />
      <Route path={['/requests', '/requests/:id']} component={RequestsPage} />
      <Route path="/devices/add" component={AddDevicePage} />
      <Route path={['/devices', '/devices/:id']} component={DevicesPage} />
      <Route path={['/connect', '/connect/:id']} component={ConnectPage} />
      <Route path={['/keys', '/keys/:id']} component={KeysPage} />
      <Route path="/audit" component={AuditPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route path="/setup" component={SetupPage} />
      <Route path="/join" component={JoinPage} />
      <Route path="/activate" component={ActivatePage} />
      <Route path="*" component={NotFoundPage} />
    </Router>
  );
}
