'use strict';

// Puts a button beside what people carry elsewhere. Without this script the pages lack nothing: a
// click selects the whole of it.
const again = 2000;

const add = (text, name) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  const say = words => {
    button.textContent = words;
    button.setAttribute('aria-label', words + ' ' + name);
  };
  say('Copy');
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text.textContent.trim()).then(
      () => say('Copied'),
      () => getSelection().selectAllChildren(text));
    setTimeout(() => say('Copy'), again);
  });
  text.after(button);
};

const named = text => {
  const row = text.closest('.facts > div');
  const cell = text.closest('td[data-label]');
  return row ? row.querySelector('dt').textContent : cell ? cell.dataset.label : 'the text';
};

if (navigator.clipboard) {
  document.querySelectorAll('.facts .mono, td .mono').forEach(text => add(text, named(text)));
  document.querySelectorAll('details pre').forEach(text => {
    add(text, text.closest('section').querySelector('h2').textContent);
  });
}
