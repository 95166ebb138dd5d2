interface PanelPage {
  /** What VS Code serves the extension's files from. */
  readonly cspSource: string;
  readonly nonce: string;
  /** The address of `dist/web`. */
  readonly assets: string;
}

/**
 * The panel's document: one style sheet, one script, nothing inline. AudioWorklet modules are governed by `script-src`, so
 * the source is listed beside the nonce.
 */
export function panelHtml({ cspSource, nonce, assets }: PanelPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${cspSource}`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
    `connect-src ${cspSource}`,
    `worker-src blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${assets}/surface.css">
<title>Talkthrough</title>
</head>
<body>
<div id="talkthrough" data-surface="panel"
  data-microphone-worklet="${assets}/microphone.worklet.js"
  data-speaker-worklet="${assets}/speaker.worklet.js"
  data-picture-worker="${assets}/picture.worker.js"></div>
<script type="module" nonce="${nonce}" src="${assets}/surface.js"></script>
</body>
</html>`;
}
