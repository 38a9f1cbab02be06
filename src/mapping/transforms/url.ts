import * as z from 'zod';
import { defineTransform, onText } from '../transform.ts';
import { webAddress } from '../web-address.ts';

export const url = defineTransform({
  name: 'url',
  about:
    'Reads an address of the web: spaces and foreign letters are percent-encoded and a missing scheme is https, with an issue. What is not http, https or ftp is left out.',
  options: z.undefined(),
  apply: onText((text, _, context) => {
    const address = webAddress(text);
    if (address === undefined) context.issue('URL_INVALID');
    else if (address.repaired) context.issue('URL_REPAIRED');
    return address?.url ?? null;
  }),
});
