import { app, load, type Request, type Response } from './lib.ts';

let currentUser = '';
let locale = 'en';

export async function handle(req: Request, res: Response): Promise<void> {
  currentUser = req.user;
  const text = await load(req.id);
  res.send(`${text} for ${currentUser}`);
//                        ^^^^^^^^^^^ request-state shared
//                        related alarms.ts:7 "1 set for this request"
//                        related alarms.ts:8 "2 waits: the next request sets it"
}

export class App {
  private path = '';

  async match(request: Request): Promise<string> {
    const path = request.id.toLowerCase();
    this.path = path;
    await load(path);
    return this.path;
//         ^^^^^^^^^ request-state shared
//         related alarms.ts:20 "1 set for this request"
//         related alarms.ts:21 "2 waits: the next request sets it"
  }
}

app.get('/', async (req, res) => {
  locale = req.user;
  await load('texts');
  res.send(locale);
//         ^^^^^^ request-state shared
//         related alarms.ts:30 "1 set for this request"
//         related alarms.ts:31 "2 waits: the next request sets it"
});

export async function viaHelper(req: Request, res: Response): Promise<void> {
  currentUser = req.user;
  await load(req.id);
  res.send(greeting());
//         ^^^^^^^^^^ request-state shared
//         related alarms.ts:39 "1 set for this request"
//         related alarms.ts:40 "2 waits: the next request sets it"
}

function greeting(): string {
  return `Hello, ${currentUser}`;
}
