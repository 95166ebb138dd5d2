import { FrameLoop } from './frame-loop.ts';
import { makeStill } from './still-decoder.ts';
import { postToPage, type ToPictureWorker } from './worker-messages.ts';

// The worker that holds the shared pictures: nothing is decoded, compared, drawn or encoded in the page's own thread.

const loop = new FrameLoop();

async function still(request: number, picture: Blob | ImageBitmap): Promise<void> {
  const made = await makeStill(picture);
  postToPage({ type: 'still', request, made }, 'jpeg' in made ? [made.jpeg] : []);
}

// The other end is picture-worker.ts, which sends nothing but ToPictureWorker.
self.addEventListener('message', ({ data }: MessageEvent<ToPictureWorker>) => {
  switch (data.type) {
    case 'begin':
      loop.begin(data.source, data.epoch, data.frames);
      return;
    case 'end':
      void loop.end(data.source).then(() => postToPage({ ...data, type: 'ended' }));
      return;
    case 'picture':
      loop.take(data);
      return;
    case 'captureSettings':
      loop.configure(data);
      return;
    case 'requestFrame':
      loop.look(data.unlessNewerThanMs);
      return;
    case 'skipped':
      loop.skipped(data.source, data.epoch);
      return;
    case 'crop':
      void loop.crop(data.request, data.source, data.region);
      return;
    case 'still':
      void still(data.request, data.picture);
      return;
  }
});
