/** The form of an address that the code of a certificate may begin with: a QR code holds little, and what stands behind `#` is the certificate's. */
export const PAGE_ADDRESS = /^https:\/\/[\w.~:/-]+$/;
export const LONGEST_PAGE_ADDRESS = 100;

/** Whether a text is an address at which a verification page may be published. */
export function isPageAddress(text: string): boolean {
  return text.length <= LONGEST_PAGE_ADDRESS && PAGE_ADDRESS.test(text);
}
