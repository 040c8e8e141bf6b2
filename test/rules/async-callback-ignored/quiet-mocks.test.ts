declare function spyOn(target: object, name: string): { mockImplementationOnce(work: () => void): void };
declare function stop(): Promise<void>;

spyOn({ stop }, 'stop').mockImplementationOnce(async () => {
  await stop();
});
