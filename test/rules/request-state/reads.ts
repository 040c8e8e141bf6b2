import { load, type Request, type Response } from './lib.ts';

interface Tx {
  commit(): Promise<void>;
}

declare function begin(): Promise<Tx>;

let user: { readonly id: string } | undefined;
let language = 'en';
let body = '';
let tx: Tx | undefined;

async function authenticate(name: string): Promise<{ readonly id: string }> {
  return { id: await load(name) };
}

// A member of what was set.
export async function orders(req: Request, res: Response): Promise<void> {
  user = await authenticate(req.user);
  const text = await load('orders');
  res.send(`${text} of ${user.id}`);
//                       ^^^^^^^ request-state shared
//                       related reads.ts:20 "1 set for this request"
//                       related reads.ts:21 "2 waits: the next request sets it"
}

async function page(name: string): Promise<string> {
  const html = await load(name);
  return html.replace('{{lang}}', language);
}

// A helper reads it behind a wait of its own.
export async function show(req: Request, res: Response): Promise<void> {
  language = req.id;
  res.send(await page('index'));
//               ^^^^^^^^^^^^^ request-state shared
//               related reads.ts:35 "1 set for this request"
//               related reads.ts:36 "2 waits: the next request sets it"
}

// A function inside the handler.
export function collect(request: Request, response: Response): void {
  const work = async (): Promise<void> => {
    body = await load(request.id);
    await load('more');
    response.send(body);
//                ^^^^ request-state shared
//                related reads.ts:45 "1 set for this request"
//                related reads.ts:46 "2 waits: the next request sets it"
  };
  work().catch(console.error);
}

// What each request gets for itself.
export async function insert(req: Request, res: Response): Promise<void> {
  tx = await begin();
  await load(req.id);
  await tx.commit();
//      ^^^^^^^^^^^ request-state shared
//      related reads.ts:57 "1 set for this request"
//      related reads.ts:58 "2 waits: the next request sets it"
  res.send('done');
}
