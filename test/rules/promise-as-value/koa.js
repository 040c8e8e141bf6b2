import Router from '@koa/router';
import Koa from 'koa';
import { load } from './lib';

const app = new Koa();
const router = new Router();

router.get('/users/:id', async (ctx) => {
  ctx.body = load(ctx.params.id);
//           ^^^^^^^^^^^^^^^^^^^ promise-as-value serialised
});

app.use(async (ctx, next) => {
  await next();
  ctx.response.body = load('1');
//                    ^^^^^^^^^ promise-as-value serialised
  ctx.state.user = load('1');
  ctx.body = await load('1');
});
