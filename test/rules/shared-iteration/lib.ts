export declare function notify(name: string): Promise<void>;
