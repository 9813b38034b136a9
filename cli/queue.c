/* The work of a batch, piece by piece.
 *
 * SPDX-License-Identifier: MIT
 */
#include "queue.h"

#include "entries.h"

#include <stdlib.h>
#include <string.h>

/* An inventory stays while rows of it may be at work. */
struct opened {
    struct opened *before;
    struct inventory inventory;
    struct input input;
    bool any_rows;
};

struct queue {
    const char *const *arguments;
    int n_arguments;
    int next_argument;
    size_t block_bytes;
    const char *folder; /* argument whose entries are given out; NULL */
    struct entries entries;
    size_t next_entry;
    struct opened *opened; /* the newest */
    bool reading_rows;     /* of the newest */
};

struct queue *queue_new(const char *const *arguments, int n_arguments, size_t block_bytes)
{
    struct queue *queue = memory_alloc(sizeof(*queue));

    queue->arguments = arguments;
    queue->n_arguments = n_arguments;
    queue->block_bytes = block_bytes;
    return queue;
}

void queue_free(struct queue *queue)
{
    if (!queue)
        return;
    if (queue->reading_rows) {
        rows_close(&queue->opened->inventory.rows);
        input_close(&queue->opened->input);
    }
    while (queue->opened) {
        struct opened *before = queue->opened->before;

        free(queue->opened);
        queue->opened = before;
    }
    entries_free(&queue->entries);
    free(queue);
}

void piece_start(struct piece *piece)
{
    *piece = (struct piece){.arena = arena_new()};
}

void piece_free(struct piece *piece)
{
    arena_free(piece->arena);
    row_block_free(&piece->block);
}

static void tell(struct piece *piece, const char *message)
{
    piece->kind = PIECE_MESSAGE;
    piece->message = message;
}

static bool next_of_rows(struct queue *queue, struct piece *piece)
{
    struct opened *opened = queue->opened;
    struct input *input = &opened->input;
    bool found = rows_next(&opened->inventory.rows, &piece->block);

    if (input->size > 0)
        piece->percent = (int)(input->consumed * 100 / input->size);
    if (found) {
        opened->any_rows = true;
        piece->kind = PIECE_ROWS;
        piece->inventory = &opened->inventory;
        piece->inventory_name = input->name;
        return true;
    }
    queue->reading_rows = false;
    if (input->error)
        tell(piece, arena_printf(piece->arena, "%s: reading stopped at line %lu: %s", input->name,
                                 opened->inventory.rows.next_line, input->error));
    else if (!opened->any_rows)
        tell(piece, arena_printf(piece->arena, "%s: an inventory without a row", input->name));
    found = input->error || !opened->any_rows;
    rows_close(&opened->inventory.rows);
    input_close(input);
    return found;
}

static bool next_of_folder(struct queue *queue, struct piece *piece)
{
    const struct entries *entries = &queue->entries;
    const struct entry *entry;

    if (queue->next_entry == entries->count) {
        if (entries->problem)
            tell(piece, arena_printf(piece->arena, "%s: %s", queue->folder, entries->problem));
        else if (entries->count == 0)
            tell(piece, arena_printf(piece->arena, "%s: an empty folder", queue->folder));
        queue->folder = NULL;
        return piece->message != NULL;
    }
    entry = &entries->items[queue->next_entry++];
    piece->percent = (int)(queue->next_entry * 100 / entries->count);
    piece->path =
        arena_printf(piece->arena, "%s%s%s", queue->folder,
                     queue->folder[strlen(queue->folder) - 1] == '/' ? "" : "/", entry->name);
    piece->kind = PIECE_PATH;
    if (entry->kind == FOLDER_LINK)
        tell(piece, arena_printf(piece->arena,
                                 "%s: a link, which is not followed; name what "
                                 "it leads to instead",
                                 piece->path));
    return true;
}

/* true when a piece came of it at once. */
static bool open_argument(struct queue *queue, struct piece *piece, const char *path)
{
    char message[512];
    struct opened *opened;
    struct input input;
    char what[INVENTORY_MESSAGE_SIZE];

    switch (input_open(&input, path, message, sizeof(message))) {
    case INPUT_OK:
        break;
    case INPUT_FOLDER:
        entries_read(&queue->entries, path);
        queue->folder = path;
        queue->next_entry = 0;
        return false;
    default:
        tell(piece, arena_strdup(piece->arena, message));
        return true;
    }
    if (!inventory_probe(&input)) {
        piece->kind = PIECE_INPUT;
        piece->input = input;
        return true;
    }
    opened = memory_alloc(sizeof(*opened));
    opened->input = input;
    if (!inventory_open(&opened->inventory, &opened->input, queue->block_bytes, what)) {
        tell(piece, arena_printf(piece->arena, "%s: %s", path, what));
        input_close(&opened->input);
        free(opened);
        return true;
    }
    opened->before = queue->opened;
    queue->opened = opened;
    queue->reading_rows = true;
    return false;
}

bool queue_next(struct queue *queue, struct piece *piece)
{
    bool found = false;

    arena_reset(piece->arena);
    piece->kind = PIECE_NONE;
    piece->message = NULL;
    piece->remark = NULL;
    piece->percent = -1;
    while (!found) {
        if (queue->reading_rows)
            found = next_of_rows(queue, piece);
        else if (queue->folder)
            found = next_of_folder(queue, piece);
        else if (queue->next_argument < queue->n_arguments)
            found = open_argument(queue, piece, queue->arguments[queue->next_argument++]);
        else
            break;
    }
    return found;
}

static bool is_inventory(const char *path)
{
    char message[512];
    struct input input;
    bool found;

    if (input_open(&input, path, message, sizeof(message)) != INPUT_OK)
        return false;
    found = inventory_probe(&input);
    input_close(&input);
    return found;
}

void piece_refuse(struct piece *piece, enum evidence_status status, const char *message)
{
    if (status == EVIDENCE_UNRECOGNISED && piece->kind == PIECE_PATH && is_inventory(piece->path))
        piece->message = arena_printf(piece->arena,
                                      "%s: an inventory; name it as an argument of its own to "
                                      "have its rows judged", piece->path);
    else
        piece->message = arena_strdup(piece->arena, message);
}
