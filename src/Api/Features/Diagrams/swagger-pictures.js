// Shows an answer of the type image/svg+xml as a picture; Swagger UI itself shows its source, since the type ends in xml.
(() => {
    const plugin = () => ({
        wrapComponents: {
            responseBody: (Original, { React }) => (props) => {
                const isPicture = /^image\/svg\+xml/i.test(props.contentType || "") && typeof props.content === "string";
                return isPicture
                    ? React.createElement("img", {
                        src: "data:image/svg+xml;charset=utf-8," + encodeURIComponent(props.content),
                        alt: "The answer as a picture",
                        style: { maxWidth: "100%" },
                    })
                    : React.createElement(Original, props);
            },
        },
    });

    // The page creates its interface on load, in a handler that is registered after this one.
    window.addEventListener("load", () => {
        const create = window.SwaggerUIBundle;
        window.SwaggerUIBundle = Object.assign(
            (options) => create({ ...options, plugins: [...(options.plugins || []), plugin] }),
            create);
    });
})();
