/** The assignment itself declares the member. */
const api = { queue: [] };
api.then = function (step) {
//  ^^^^ accidental-thenable object
  api.queue.push(step);
};

const wizard = {};
wizard.then = (done) => done(1);

export { api, wizard };
