// The classic notebook puts what is longer than 100 lines into a small box; a study's results are longer.
define(['notebook/js/outputarea'], function (outputs) {
  return {
    onload: function () {
      outputs.OutputArea.auto_scroll_threshold = 300;
    }
  };
});
