declare function load(): Promise<string>;
declare function show(text: string): void;

load().catch((error) => show(error.message));
//                                 ^^^^^^^ non-error-rejection unchecked
load().then(show, (reason) => {
  console.error(reason);
  show(reason.response.text);
//            ^^^^^^^^ non-error-rejection unchecked
});

export {};
