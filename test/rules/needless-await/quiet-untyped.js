import { connect } from 'not-installed';

/** @returns {string} */
function wrong() {
  return connect();
}

export async function untyped() {
  const client = await connect();
  await client.query('select 1');
  await wrong();
}
