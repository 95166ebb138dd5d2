import {
  askedConstraints,
  openContexts,
  openResources,
  resourceChanges,
  watchResources,
  openOutputs,
} from './opened-resources.ts';
import { focusedName, overflowing, style } from './page-measures.ts';
import type { PageWatch } from './page-watch-api.ts';

/** Looks over the page's shoulder, from before its first script runs. The page works as ever. */
const watch: PageWatch = {
  violations: [],
  openResources,
  untilNothingIsOpen: () =>
    resourceChanges.until(() => {
      const { audioContexts, liveTracks } = openResources();
      return audioContexts + liveTracks === 0 ? null : undefined;
    }) as Promise<never>, // settles with nothing that anybody looks at
  untilCapturing: () =>
    resourceChanges.until(() => (openResources().liveTracks > 0 ? null : undefined)) as Promise<never>, // as above
  timesAskedForMicrophone: () => askedConstraints().length,
  sinkIds,
  untilSoundsOn,
  setConnected,
  controlsWithoutName,
  overflowing,
  focusedName,
  style,
};
Object.assign(globalThis, { pageWatch: watch });

watchResources();
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
  watch.violations.push(`${violatedDirective} ${blockedURI} ${sample}`);
});

/** Where what plays is heard; the context that captures plays nowhere. */
function sinkIds(): readonly string[] {
  return openOutputs()
    .map((id) => id ?? '')
    .filter((id) => id !== 'none');
}

async function untilSoundsOn(label: string): Promise<void> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const device = devices.find((each) => each.kind === 'audiooutput' && each.label === label);
  const wanted = label === '' ? '' : device?.deviceId;
  if (wanted === undefined) throw new Error(`There is no loudspeaker ${label}`);
  const all = openContexts();
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (label === '' ? sinkIds().every((id) => id === '') : sinkIds().includes(wanted)) resolve();
    };
    for (const context of all) context.addEventListener('sinkchange', look);
    look();
  });
}

const unplugged = new Set<string>();

function setConnected(label: string, connected: boolean): void {
  if (connected) unplugged.delete(label);
  else unplugged.add(label);
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}

// The blank page that a tab begins with has no devices.
if (isSecureContext) {
  const enumerate = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
  navigator.mediaDevices.enumerateDevices = async () =>
    (await enumerate()).filter((device) => !unplugged.has(device.label));
}

function controlsWithoutName(): readonly string[] {
  return [
    ...document.querySelectorAll('button, select, input, textarea, vscode-button, vscode-text-area, [role=button]'),
  ]
    .filter((control) => control.getClientRects().length > 0)
    .filter((control) => nameOf(control) === '')
    .map((control) => control.outerHTML.slice(0, 200));
}

function nameOf(control: Element): string {
  const label = control.closest('label')?.querySelector('.device-name')?.textContent;
  return (control.ariaLabel ?? label ?? control.textContent).trim();
}
