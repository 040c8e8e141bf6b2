export declare function work(name: string): Promise<void>;
