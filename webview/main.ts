import { openPage } from './page.ts';
import { openPanel } from './panel.ts';

/** The entry of the one web bundle: its document says whether it is VS Code's panel or a page of the person's browser. */
const root = document.getElementById('talkthrough');
if (root === null) throw new Error('The document has no element with the id "talkthrough"');
const { dataset } = root;
const assets = {
  microphoneWorkletUrl: dataset['microphoneWorklet'] ?? '',
  speakerWorkletUrl: dataset['speakerWorklet'] ?? '',
  pictureWorkerUrl: dataset['pictureWorker'] ?? '',
};
if (dataset['surface'] === 'page') openPage(root, assets);
else openPanel(root, assets);
