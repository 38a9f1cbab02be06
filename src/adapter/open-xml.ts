import { decodeText } from '../formats/text.ts';
import { chooseXmlEncoding } from '../formats/xml-encoding.ts';
import type { SourceFile } from './contract.ts';
import { readHead } from './head.ts';
import { openFile } from './open-file.ts';

/** The text of an XML file, in the encoding that its bytes and its declaration agree on. */
export async function openXml(
  file: SourceFile,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const { encoding } = chooseXmlEncoding(await readHead(file, signal));
  return decodeText(openFile(file, signal), { file: file.name, encoding });
}
