/* The library without Java: see axiom.zig. */
#ifndef AXIOM_H
#define AXIOM_H
#include <stddef.h>
#include <stdint.h>

int64_t axiom_abi(void);
const char *axiom_isa(void);
int64_t axiom_plan_create(const int64_t *words, size_t count, const uint8_t *weights, size_t bytes);
int64_t axiom_plan_run(int64_t plan, const uintptr_t *addresses, size_t threads);
void axiom_plan_free(int64_t plan);

#endif
