// Tailwind is the only PostCSS step; its configuration is the theme in app/globals.css.
export default { plugins: { '@tailwindcss/postcss': {} } }
