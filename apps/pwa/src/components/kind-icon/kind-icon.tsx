import type { DeviceKind } from '@impetus/contracts/devices';
import Laptop from 'lucide-solid/icons/laptop';
import Monitor from 'lucide-solid/icons/monitor';
import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone';
import Smartphone from 'lucide-solid/icons/smartphone';
import Tablet from 'lucide-solid/icons/tablet';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

const icons = {
  phone: Smartphone,
  tablet: Tablet,
  laptop: Laptop,
  desktop: Monitor,
  other: MonitorSmartphone,
};

/** What kind of device it is, as a picture. */
export function KindIcon(props: { readonly kind: DeviceKind }): JSX.Element {
  return <Dynamic component={icons[props.kind]} />;
}
