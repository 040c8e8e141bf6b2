export declare function load(id: string): Promise<string>;
