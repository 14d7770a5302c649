/** Where a device's own page is. */
export function devicePath(id: string): string {
  return `/devices/${encodeURIComponent(id)}`;
}

/** Where a device is added. */
export const addDevicePath = '/devices/add';
