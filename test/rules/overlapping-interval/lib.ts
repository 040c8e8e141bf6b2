export declare function load(): Promise<readonly string[]>;
export declare function send(items: readonly string[]): Promise<void>;
export declare function pause(milliseconds: number): Promise<void>;
