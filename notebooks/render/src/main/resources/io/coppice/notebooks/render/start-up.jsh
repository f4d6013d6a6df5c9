import static io.coppice.notebooks.render.NotebookWords.show;
io.coppice.notebooks.render.Renderers.register();
