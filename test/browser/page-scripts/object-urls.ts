const blobs = new Map<string, Blob>();

/** Notes every object URL that is made and given back from now on; they work as ever. */
export function watchObjectUrls(): void {
  const create = URL.createObjectURL.bind(URL);
  const revoke = URL.revokeObjectURL.bind(URL);
  URL.createObjectURL = (made) => {
    const url = create(made);
    if (made instanceof Blob) blobs.set(url, made);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    blobs.delete(url);
    revoke(url);
  };
}

/** How many pictures are held by URLs that nobody has given back. */
export function heldPictures(): number {
  return [...blobs.values()].filter(({ type }) => type.startsWith('image/')).length;
}

/** The bytes of the picture that an image shows, once the browser has read it. */
export async function shownBytes(selector: string): Promise<readonly number[]> {
  const image = document.querySelector(selector);
  if (!(image instanceof HTMLImageElement)) throw new Error(`There is no image ${selector}`);
  await image.decode();
  const blob = blobs.get(image.src);
  if (blob === undefined) throw new Error(`${image.src} is held by nobody`);
  return [...new Uint8Array(await blob.arrayBuffer())];
}
