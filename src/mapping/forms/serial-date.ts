/** Days of spreadsheets: 1927 to 2064, so that most other numbers are none. */
const serial = /^\d{5}(?:\.\d+)?$/;
const [firstSerial, lastSerial] = [10_000, 60_000];

/** Whether a text is the number by which a spreadsheet knows a date. */
export function isSerialDate(text: string): boolean {
  if (!serial.test(text)) return false;
  const days = Number(text);
  return days >= firstSerial && days <= lastSerial;
}
