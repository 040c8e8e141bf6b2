import { connect } from 'not-installed';

async function query(text) {
  const connection = await connect();
  return connection.query(text);
}

export async function covered(text) {
  try {
    return query(text);
//         ^^^^^^^^^^^ unawaited-return uncaught
//         related unknown-types.js:13 "handles only what is thrown before the return"
  } catch (error) {
    return [];
  }
}

export async function unknownCallee(text) {
  try {
    return connect(text);
  } catch (error) {
    return [];
  }
}
