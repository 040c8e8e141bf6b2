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
      save(user.name);
    })
    .then((saved) => {
//         ^^^^^ broken-chain lostValue
//         related values.js:15 "is not returned"
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
//         ^^^^^^^^ broken-chain lostValue
//         related values.js:27 "is not returned"
}

export function lostOnFailure() {
  return load()
    .catch((error) => {
      console.error(error);
    })
    .then((user) => user.name);
//         ^^^^ broken-chain lostOnFailure
//         related values.js:37 "returns nothing"
}
