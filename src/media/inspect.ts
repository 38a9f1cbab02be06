import { open } from 'node:fs/promises';
import { imageSize } from 'image-size';
import { mediaTypeOf } from './contents.ts';

/** What a downloaded file is found to be, or why it is not what was wanted. */
export type Finding =
  | { readonly fits: true; readonly width?: number; readonly height?: number }
  | { readonly fits: false; readonly reason: string; readonly message: string };

// Photos with large profiles and previews say their size late.
const headBytes = 1024 * 1024;
// Less is a counter of visits, or a line of a layout.
const leastPixels = 16;
// Those whose size is always understood: one that is not is broken.
const understood = /^image\/(jpeg|png|gif|webp|bmp|avif|heic)$/;

/** Looks at the bytes of a file: a photo has to be one, and a document must not be the page that says it is gone. */
export async function inspectFile(
  path: string,
  { isImage, url }: { readonly isImage: boolean; readonly url: string },
): Promise<Finding> {
  const head = await headOf(path);
  const type = await mediaTypeOf(head);
  if (!isImage) {
    if (!isPage(head) || /\.x?html?$/i.test(new URL(url).pathname)) return { fits: true };
    return refusal('page', 'a web page came instead of the document');
  }
  if (type?.startsWith('image/') !== true)
    return refusal(
      'not-a-photo',
      `what came is no photo (${isPage(head) ? 'a web page' : (type ?? 'of an unknown form')})`,
    );
  try {
    const { width, height } = imageSize(head);
    if (Math.min(width, height) < leastPixels)
      return refusal('too-small', `what came has ${String(width)} × ${String(height)} pixels`);
    return { fits: true, width, height };
  } catch {
    // The form is known by its first bytes alone.
    return understood.test(type) ? refusal('broken', 'the photo is broken') : { fits: true };
  }
}

const refusal = (reason: string, message: string): Finding => ({ fits: false, reason, message });

const isPage = (head: Uint8Array): boolean =>
  /^(\uFEFF|\s|<!--[^]*?-->)*<(!doctype\s+html|html|head|body)\b/i.test(
    Buffer.from(head.subarray(0, 2048)).toString('utf8'),
  );

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
