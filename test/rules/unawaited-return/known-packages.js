import axios from 'axios';

export async function load(url) {
  try {
    return axios.get(url).then((response) => response.data);
//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unawaited-return uncaught
//         related known-packages.js:8 "handles only what is thrown before the return"
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

export async function handled(url) {
  try {
    return axios.get(url).catch(() => undefined);
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
