/* Fuzz target: JSON, read to its end and skipped over.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "core/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_read json = {0};
    enum json_token token;
    size_t tokens = 0;

    json_read_open(&json, (const char *)data, size);
    do {
        token = json_read_next(&json);
        FUZZ_CHECK(json.at <= size);
        FUZZ_CHECK(++tokens <= size + 2);
        FUZZ_CHECK((token == JSON_ERROR) == (json.error != NULL));
    } while (token != JSON_END && token != JSON_ERROR);
    FUZZ_CHECK(json_read_next(&json) == token);
    json_read_open(&json, (const char *)data, size);
    json_read_skip(&json, json_read_next(&json));
    FUZZ_CHECK(json.at <= size);
    json_read_close(&json);
    return 0;
}
