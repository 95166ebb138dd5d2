import type { PaintedDisplay, PaintedKind } from './painted-display-api.ts';

// Puts a canvas behind `getDisplayMedia` and `getUserMedia`: real tracks with real frames, of any size, without a picker.

const tracks: MediaStreamTrack[] = [];
const canvas = document.createElement('canvas');
let size: readonly [number, number] | undefined;
let kind: PaintedKind = 'still';
let refusal: DOMException | undefined;
let painted = 0;

const display: PaintedDisplay = {
  show(widthPx, heightPx, painting) {
    size = [widthPx, heightPx];
    kind = painting;
    canvas.width = widthPx;
    canvas.height = heightPx;
    paint();
  },
  refuse(name, message) {
    refusal = new DOMException(message, name);
  },
  liveTracks: () => tracks.filter(({ readyState }) => readyState === 'live').length,
  endTrack() {
    const track = tracks.at(-1);
    // Scripts cannot pull a plug: this is what the page hears when somebody does.
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  },
};
Object.assign(globalThis, { paintedDisplay: display });
setInterval(paint, 30);

function paint(): void {
  const context = canvas.getContext('2d');
  if (context === null || size === undefined) return;
  const [widthPx, heightPx] = size;
  painted += 1;
  switch (kind) {
    case 'still':
      // Drawn again and again, so that the track gives frames: with the same thing on them.
      context.fillStyle = '#fff';
      context.fillRect(0, 0, widthPx, heightPx);
      context.fillStyle = '#06c';
      context.fillRect(widthPx / 4, heightPx / 4, widthPx / 4, heightPx / 4);
      return;
    case 'busy':
      for (let block = 0; block < 40; block += 1) {
        context.fillStyle = `hsl(${(painted * 47 + block * 83) % 360} 80% 50%)`;
        const [x, y] = [((painted * 13 + block * 29) % 97) / 97, ((painted * 7 + block * 41) % 89) / 89];
        context.fillRect(x * widthPx, y * heightPx, widthPx / 8, heightPx / 8);
      }
      return;
    case 'once':
      return;
  }
}

function paintOnce(): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.fillStyle = '#393';
  context.fillRect(0, 0, canvas.width, canvas.height);
}

function opened(): Promise<MediaStream> {
  if (refusal !== undefined) return Promise.reject(refusal);
  const stream = canvas.captureStream();
  tracks.push(...stream.getVideoTracks());
  if (kind === 'once') setTimeout(paintOnce, 100);
  return Promise.resolve(stream);
}

function watch(open: (wishes?: MediaStreamConstraints) => Promise<MediaStream>) {
  return async (wishes?: MediaStreamConstraints): Promise<MediaStream> => {
    if (size !== undefined || refusal !== undefined) return opened();
    const stream = await open(wishes);
    tracks.push(...stream.getVideoTracks());
    return stream;
  };
}

const devices = navigator.mediaDevices as MediaDevices | undefined; // a blank page has none
if (devices !== undefined) {
  devices.getDisplayMedia = watch(devices.getDisplayMedia.bind(devices));
  devices.getUserMedia = watch(devices.getUserMedia.bind(devices));
}

// Granting the camera by the browser's test interface denies what it does not know: a person is asked for each screen.
const permissions = navigator.permissions as Permissions | undefined; // a blank page has none
const query = permissions?.query.bind(permissions);
if (permissions !== undefined && query !== undefined) {
  permissions.query = async (descriptor) => {
    const status = await query(descriptor);
    const { name }: { name: string } = descriptor;
    return name === 'display-capture'
      ? (Object.create(status, { state: { value: 'prompt' } }) as PermissionStatus)
      : status;
  };
}
