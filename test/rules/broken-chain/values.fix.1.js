/** @returns {Promise<{ name: string }>} */
async function load() {
  const response = await fetch('/user');
  return response.json();
}

/** @param {string} name */
async function save(name) {
  await fetch(`/save/${name}`);
}

export function lostValue() {
  return load()
    .then((user) => {
      return save(user.name);
    })
    .then((saved) => {
      console.log(saved);
    });
}

export function lostThroughFinally() {
  return load()
    .then((user) => {
      user.name = user.name.trim();
    })
    .finally(() => console.log('done'))
    .then(({ name }) => name);
}

export function lostOnFailure() {
  return load()
    .catch((error) => {
      console.error(error);
    })
    .then((user) => user.name);
}
