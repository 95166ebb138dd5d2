/** Sent with everything the server answers. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Permissions-Policy':
    'microphone=(self), camera=(self), display-capture=(self), speaker-selection=(self), geolocation=(), usb=(), serial=(), hid=(), midi=(), payment=()',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** The page's document. It says nothing that is not in the published bundle; all else comes over the socket. */
export const PAGE_HTML = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="surface.css">
<title>Talkthrough</title>
</head>
<body>
<div id="talkthrough" data-surface="page"
  data-microphone-worklet="microphone.worklet.js"
  data-speaker-worklet="speaker.worklet.js"
  data-picture-worker="picture.worker.js"></div>
<script type="module" src="surface.js"></script>
</body>
</html>`;
