// Odoo's own scripts are ES modules named by alias, which no resolver here knows: only what a file says itself is checked.
import globals from "globals";

export default [
    { ignores: ["**/lib/**", "node_modules", ".tibillet"] },
    {
        files: ["addons/**/*.js"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", luxon: "readonly" },
        },
        rules: {
            "array-callback-return": "error",
            "consistent-return": "off",
            eqeqeq: ["error", "always", { null: "ignore" }],
            "no-alert": "error",
            "no-console": ["error", { allow: ["warn", "error"] }],
            "no-const-assign": "error",
            "no-debugger": "error",
            "no-dupe-class-members": "error",
            "no-dupe-keys": "error",
            "no-duplicate-imports": "error",
            "no-else-return": "error",
            "no-eval": "error",
            "no-implicit-globals": "error",
            "no-redeclare": "error",
            "no-return-assign": "error",
            "no-self-compare": "error",
            "no-undef": "error",
            "no-unreachable": "error",
            "no-unused-vars": ["error", { args: "none" }],
            "no-use-before-define": ["error", { functions: false, classes: false }],
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
            radix: "error",
            "require-await": "off",
        },
    },
];
