/**
 * An id as one part of an address, whatever it holds. Half of a surrogate pair, on which
 * `encodeURIComponent` throws, becomes the replacement character as it does in every address.
 */
export function addressPart(id: string): string {
  return encodeURIComponent(id.replace(/\p{Cs}/gu, "\ufffd"));
}
