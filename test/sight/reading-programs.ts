import { canInstallDebianPackages, installDebianPackages } from '../setup/debian-packages.ts';
import { programOnPath } from '../setup/program-on-path.ts';

/** The programs by which a picture's words are read; absolute paths. */
export interface ReadingPrograms {
  readonly tesseract: string;
  /** Decodes JPEG, so that small type can be enlarged first; without it pictures are read as they are. */
  readonly djpeg: string | undefined;
}

const PACKAGES = ['tesseract-ocr', 'tesseract-ocr-eng', 'libjpeg-turbo-progs'];
const MISSING =
  'Reading words in pictures needs tesseract and djpeg: install them (on Debian the packages tesseract-ocr and libjpeg-turbo-progs).';

/** What is there now; undefined without tesseract. */
export function findReadingPrograms(): ReadingPrograms | undefined {
  const tesseract = programOnPath('tesseract');
  return tesseract === undefined ? undefined : { tesseract, djpeg: programOnPath('djpeg') };
}

/**
 * Finds both programs or (as root on Debian or Ubuntu) installs them from the distribution.
 *
 * @throws with one sentence that says what is missing
 */
export function ensureReadingPrograms(): ReadingPrograms {
  const found = findReadingPrograms();
  if (found?.djpeg !== undefined) return found;
  if (!canInstallDebianPackages()) throw new Error(MISSING);
  console.log('Installing tesseract from the distribution, once …');
  try {
    installDebianPackages(PACKAGES);
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)} ${MISSING}`, { cause });
  }
  const installed = findReadingPrograms();
  if (installed?.djpeg === undefined) throw new Error(MISSING);
  return installed;
}
