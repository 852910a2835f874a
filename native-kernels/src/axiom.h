/* The library without Java: see axiom.zig. */
#ifndef AXIOM_H
#define AXIOM_H
#include <stddef.h>
#include <stdint.h>

int64_t axiom_abi(void);
const char *axiom_isa(void);
int64_t axiom_plan_create(const int64_t *words, size_t count);
int64_t axiom_plan_work_bytes(int64_t plan, size_t threads);
int64_t axiom_plan_run(int64_t plan, const uintptr_t *addresses, size_t threads);
void axiom_plan_free(int64_t plan);
int64_t axiom_block_create(const int64_t *words, size_t count, const float *raw, int64_t into);
int64_t axiom_memory_create(size_t bytes);
void axiom_memory_free(int64_t address);

#endif
