interface Bucket {
  put(key: string, body: Uint8Array): Promise<{ etag: string }>;
}

/** The first promise is lost where there is a mirror, although the variable is awaited at once. */
export async function replicate(primary: Bucket, mirror: Bucket | undefined, key: string, body: Uint8Array) {
  let copy = primary.put(key, body);
//    ^^^^ unused-promise overwritten
//    related overwritten-in-branch.ts:11 "gets another value here"
  if (mirror) {
    copy = mirror.put(key, body);
  }
  const { etag } = await copy;
  return etag;
}

/** Nothing is lost: what the variable holds is part of the new value. */
export async function logged(primary: Bucket, key: string, body: Uint8Array, isNoisy: boolean) {
  let copy = primary.put(key, body);
  if (isNoisy) copy = copy.finally(() => console.info(key));
  return (await copy).etag;
}
