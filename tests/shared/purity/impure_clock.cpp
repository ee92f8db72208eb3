#include <chrono>

long today_by_the_clock() { return std::chrono::system_clock::now().time_since_epoch().count(); }
