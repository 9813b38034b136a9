/* Version resources.
 *
 * A tree of nodes, each with lengths, a name in UTF-16, a value and more nodes, everything aligned
 * to four bytes from the beginning of the resource.
 *
 * SPDX-License-Identifier: MIT
 */
#include "pe_version.h"

#include "../ascii.h"
#include "../cursor.h"
#include "../limits.h"
#include "../utf.h"

#include <string.h>

#define NODE_HEADER     6
#define FIXED_INFO      52
#define FIXED_SIGNATURE 0xfeef04bdu
/* The longest name that matters has 16 letters. */
#define KEY_SIZE 32

struct node {
    char key[KEY_SIZE];  /* "?" where a character is not ASCII, cut to what fits */
    struct cursor value; /* to the end of the node */
    uint16_t value_len;  /* bytes, of a text often characters */
};

static void align(struct cursor *cursor)
{
    cursor_seek(cursor, (cursor->at + 3) & ~(size_t)3);
}

static void take_key(struct cursor *cursor, char key[KEY_SIZE])
{
    size_t n = 0;
    uint16_t unit;

    while ((unit = cursor_u16le(cursor)) != 0) {
        if (n + 1 < KEY_SIZE)
            key[n++] = unit < 0x80 ? (char)unit : '?';
    }
    key[n] = '\0';
}

/* The node at the cursor, which moves behind it; false at the end and where none can be. */
static bool take_node(struct cursor *cursor, struct node *node, struct pe_version *version)
{
    size_t start;
    uint16_t len;

    align(cursor);
    if (cursor->failed || cursor_left(cursor) < NODE_HEADER)
        return false;
    start = cursor->at;
    len = cursor_u16le(cursor);
    /* Some compilers fill up the end with zeros. */
    if (len == 0)
        return false;
    if (len < NODE_HEADER || len > cursor->size - start) {
        version->damage = len < NODE_HEADER ? "a part of it is too short to be one"
                                            : "it is cut off, or a part says it is longer than "
                                              "the whole";
        if (len < NODE_HEADER)
            return false;
        len = (uint16_t)(cursor->size - start);
    }
    node->value_len = cursor_u16le(cursor);
    /* Offsets go on counting from the beginning of the resource. */
    node->value = *cursor;
    node->value.size = start + len;
    cursor_take(&node->value, 2); /* text or binary */
    take_key(&node->value, node->key);
    align(&node->value);
    if (node->value.failed)
        version->damage = "a part of it has no end to its name";
    cursor_seek(cursor, start + len);
    return !node->value.failed;
}

/* What is behind the value of a node: more nodes. */
static void skip_value(struct node *node, struct pe_version *version)
{
    cursor_take(&node->value, node->value_len);
    if (node->value_len)
        align(&node->value);
    if (node->value.failed)
        version->damage = "a value in it is longer than the part that holds it";
}

static void take_fixed(struct node *node, struct pe_version *version)
{
    struct cursor fixed = node->value;
    uint32_t numbers[4];

    if (node->value_len < FIXED_INFO || cursor_u32le(&fixed) != FIXED_SIGNATURE) {
        version->damage = "its numbers are not where they should be";
        return;
    }
    cursor_take(&fixed, 4); /* of the structure itself */
    for (int i = 0; i < 4; i++)
        numbers[i] = cursor_u32le(&fixed);
    if (fixed.failed) {
        version->damage = "it is cut off inside its numbers";
        return;
    }
    version->file = (struct version){(int32_t)(numbers[0] >> 16), (int32_t)(numbers[0] & 0xffff),
                                     (int32_t)(numbers[1] >> 16), (int32_t)(numbers[1] & 0xffff)};
    version->product =
        (struct version){(int32_t)(numbers[2] >> 16), (int32_t)(numbers[2] & 0xffff),
                         (int32_t)(numbers[3] >> 16), (int32_t)(numbers[3] & 0xffff)};
}

/* The text up to its NUL or the end of its node. */
static const char *value_text(const struct node *node, struct arena *arena)
{
    const uint8_t *bytes = node->value.bytes + node->value.at;
    size_t left = cursor_left(&node->value);
    size_t len = 0;
    char *text;

    while (len + 1 < left && (bytes[len] || bytes[len + 1]) && len < LIMIT_VALUE_BYTES)
        len += 2;
    text = arena_alloc(arena, len / 2 * 3 + UTF8_MAX + 1);
    utf8_from_utf16le(bytes, len, text, len / 2 * 3 + UTF8_MAX + 1);
    return text;
}

static void take_string(const struct node *node, struct pe_version *version, struct arena *arena)
{
    const struct {
        const char *key;
        const char **text;
    } strings[] = {
        {"CompanyName", &version->company},
        {"ProductName", &version->product_name},
        {"OriginalFilename", &version->original_name},
        {"InternalName", &version->internal_name},
        {"FileVersion", &version->file_version},
        {"ProductVersion", &version->product_version},
    };

    for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
        if (ascii_equal(node->key, strings[i].key) && !**strings[i].text)
            *strings[i].text = value_text(node, arena);
}

bool pe_version_read(struct pe_version *version, const void *bytes, size_t len, struct arena *arena)
{
    struct cursor cursor = cursor_over(bytes, len);
    struct node root, info, table, string;

    *version = (struct pe_version){
        .file = VERSION_NONE,
        .product = VERSION_NONE,
        .company = "",
        .product_name = "",
        .original_name = "",
        .internal_name = "",
        .file_version = "",
        .product_version = "",
    };
    if (!take_node(&cursor, &root, version) || !ascii_equal(root.key, "VS_VERSION_INFO"))
        return false;
    if (root.value_len)
        take_fixed(&root, version);
    skip_value(&root, version);
    while (take_node(&root.value, &info, version)) {
        if (!ascii_equal(info.key, "StringFileInfo"))
            continue;
        skip_value(&info, version);
        while (take_node(&info.value, &table, version)) {
            skip_value(&table, version);
            while (take_node(&table.value, &string, version))
                take_string(&string, version, arena);
        }
    }
    return true;
}
