import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What is written by hand and may speak of a page; these tests themselves hold citations that are wrong on purpose. */
const FOLDERS = ['src', 'webview', 'test', 'bench', 'build', 'docs'];
const LEFT_OUT = ['test/journey/screenshots', 'test/unit/docs', 'test/sample-workspace'];

/** Paths from the root, with forward slashes. */
export function writtenFiles(): string[] {
  const inRoot = readdirSync(ROOT).filter((name) => /\.(?:mjs|md)$/.test(name));
  return [...inRoot, ...FOLDERS.flatMap(filesBelow)].filter((path) => /\.(?:ts|mts|mjs|js|md)$/.test(path));
}

function filesBelow(folder: string): string[] {
  if (LEFT_OUT.includes(folder)) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A page without its fenced blocks, whose `#` and `[` mean something else. */
export function proseOf(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```/gm, '');
}

/** Titles of a page's sections, the page's own among them. */
export function sectionsOf(markdown: string): string[] {
  return [...proseOf(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, title = '']) => title);
}

/** The name by which a link reaches a section, as GitHub makes it. */
export function anchorOf(title: string): string {
  const words = title.toLowerCase().replace(/[^\p{L}\p{N}\- ]/gu, '');
  return words.replaceAll(' ', '-');
}
